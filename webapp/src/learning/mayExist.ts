/** Whether a database of this name may exist; some browsers can't list them. */
export async function mayExist(name: string): Promise<boolean> {
  try {
    return (await indexedDB.databases()).some((database) => database.name === name);
  } catch {
    return true;
  }
}
