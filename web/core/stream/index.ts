export { followStream, type FollowOptions, type StreamEvent, type StreamState } from './follow.js';
export type { StreamEnvironment } from './environment.js';
