export { plainParts, type CodePart, type MarkdownParts } from './parts.js';
export { MarkdownStream, renderMarkdown } from './stream.js';
