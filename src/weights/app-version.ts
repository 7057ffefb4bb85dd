/** The studio's version, written into every file that leaves it. */
import { version } from '../../package.json';

export const appName = 'K-line Studio';
export const appVersion: string = version;
