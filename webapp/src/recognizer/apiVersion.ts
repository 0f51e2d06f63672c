/** The version of the files of a site that modules of other sites fetch. It grows when older modules can't use newer files. */
export const API_VERSION = 1;
