/** Why a site lacks a file: a chunk that is fetched when one is missing. */
import { modelVersion } from 'virtual:site-files';
import { ModelLoadError } from '../../errors';
import { API_VERSION } from '../apiVersion';

/** @returns an error that says which version the site holds; null where it is this program's, or the site doesn't say. */
export async function otherVersion(siteUrl: string): Promise<ModelLoadError | null> {
  try {
    const answer = await fetch(new URL('api/version.json', siteUrl), { cache: 'no-cache', credentials: 'same-origin' });
    const { api, model }: { api: number; model: string } = await answer.json();
    if (api === API_VERSION && model === modelVersion) return null;
    const values = { site: siteUrl, holds: `${model} (API ${api})`, needs: `${modelVersion} (API ${API_VERSION})` };
    const { site, holds, needs } = values;
    const message = `The site ${site} holds model ${holds}, this module needs ${needs}`;
    return new ModelLoadError('other-version', `${message}: import the module from that site, or update it.`, values);
  } catch {
    return null;
  }
}
