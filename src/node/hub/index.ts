export { DEFAULT_HUB, downloadEncoder, parseHubName, planDownload } from './hubDownload';
export { type HubFolder, openHubFolder } from './hubFolder';
