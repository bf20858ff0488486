/** The chat's part of the server's API: the only file of this interface that knows addresses. */
import { api, followStream, type Page, type Schemas, type StreamState } from '@modulon/sdk';

export interface Conversation {
  id: string;
  title: string;
  /** Of the last message, '' if none was chosen. */
  model: string;
  active_message_id: string | null;
  active_run_id: string | null;
  created_at: string;
  updated_at: string;
  /** Whose words the title is. */
  title_by: 'words' | 'model' | 'person';
  folder_id: string | null;
  pinned: boolean;
  archived: boolean;
  /** When it was deleted; it can still be restored. */
  deleted_at: string | null;
}

export type Folder = Schemas['FolderRead'];
export type Shelf = 'all' | 'loose' | 'pinned' | 'archived' | 'deleted';
/** What can be done to many at once. */
export type BulkAction = Pick<Schemas['BulkChange'], 'action' | 'folder_id' | 'pinned' | 'archived'>;
export type BulkItem = Schemas['BulkItem'];

export type MessageStatus = 'complete' | 'streaming' | 'interrupted' | 'failed' | 'cancelled' | 'limited';

interface PartBase {
  id?: string;
  index: number;
}

/** A piece of a message. What grows is `text`, or the `arguments` of a tool call. */
export type Part = PartBase &
  (
    | { type: 'text'; text: string }
    | { type: 'reasoning'; text: string }
    | { type: 'tool_call'; call_id: string; name: string; arguments: string }
    | { type: 'error'; code: string; detail: string }
    | { type: 'notice'; code: string; detail: string }
  );

/** What an answer took; without a cost no price was known when it was written. */
export type Usage = Schemas['UsageRead'];
export type Cost = Schemas['CostRead'];

export interface Message {
  id: string;
  conversation_id: string;
  parent_id: string | null;
  role: 'user' | 'assistant';
  status: MessageStatus;
  /** '' for what a person wrote. */
  model: string;
  run_id: string | null;
  created_at: string;
  parts: Part[];
  /** Ids of all messages with this parent, this one included, oldest first. */
  siblings: string[];
  usage: Usage | null;
}

export interface RunFailure {
  code: string;
  detail: string;
}

export interface Run {
  id: string;
  conversation_id: string;
  message_id: string;
  state: 'queued' | 'running' | 'waiting' | 'succeeded' | 'failed' | 'cancelled' | 'limited' | 'interrupted';
  model: string;
  parent_run_id: string | null;
  created_at: string;
  finished_at: string | null;
  error: RunFailure | null;
}

export interface Model {
  /** `<provider slug>/<vendor's id>` */
  id: string;
  name: string;
  provider: { id: string; name: string };
  local: boolean;
  context_window: number | null;
  capabilities: string[];
  /** What this server calls it, by a name that may be used in place of its id. */
  alias: string | null;
  /** Offered before others. */
  pinned: boolean;
  available: boolean;
  /** The code of why it is not available. */
  reason: string | null;
}

/** What one writes: typed parts, of which a person sends text. */
export interface Outgoing {
  text: string;
  model: string;
}

export interface Answer {
  answer: Message;
  run: Run;
}

export interface Sent extends Answer {
  message: Message;
}

export interface Started extends Sent {
  conversation: Conversation;
}

/** One event of a run's stream. */
export type RunEvent =
  | { type: 'run.started'; data: { run: Run } }
  | { type: 'part.started'; data: { message_id: string; part: { index: number; type: Part['type'] } & Record<string, string | number> } }
  | { type: 'part.delta'; data: { index: number; text: string } }
  | { type: 'part.finished'; data: { index: number } }
  | { type: 'usage'; data: Usage }
  | { type: 'message.reset'; data: { message: Message } }
  | { type: 'run.finished'; data: { run: Run; message_status: MessageStatus; error: RunFailure | null } };

const PAGE = 50;
const MODELS_PAGE = 200;
/** The most the server takes or gives at once. */
export const MOST = 200;

function parts(text: string): { type: 'text'; text: string }[] {
  return [{ type: 'text', text }];
}

export interface ListOptions {
  shelf?: Shelf;
  folder_id?: string;
  q?: string;
  limit?: number;
}

export function listConversations(cursor: string | null, options: ListOptions = {}, signal?: AbortSignal): Promise<Page<Conversation>> {
  return api.get('/conversations', { query: { cursor, limit: PAGE, ...options }, signal });
}

export type SearchHit = Schemas['SearchHit'];
export type Piece = Schemas['Piece'];

export interface SearchOptions {
  folder_id?: string;
  archived?: boolean;
  limit?: number;
}

/** Full-text search in titles and messages, the newest first. */
export function searchText(q: string, cursor: string | null, options: SearchOptions = {}, signal?: AbortSignal): Promise<Page<SearchHit>> {
  return api.get('/conversations/search', { query: { q, cursor, ...options }, signal });
}

export function getConversation(id: string, signal?: AbortSignal): Promise<Conversation> {
  return api.get(`/conversations/${id}`, { signal });
}

export function changeConversation(id: string, change: Schemas['ConversationUpdate']): Promise<Conversation> {
  return api.patch(`/conversations/${id}`, change);
}

/** Can be restored for some days. */
export function deleteConversation(id: string): Promise<void> {
  return api.delete(`/conversations/${id}`);
}

export function restoreConversation(id: string): Promise<Conversation> {
  return api.post(`/conversations/${id}/restore`);
}

/** Does the same to each; the answer has a result for each, since some may be refused. */
export async function changeMany(ids: readonly string[], action: BulkAction): Promise<BulkItem[]> {
  const results: BulkItem[] = [];
  for (let at = 0; at < ids.length; at += MOST) {
    const body = { ids: ids.slice(at, at + MOST), ...action };
    results.push(...(await api.post<{ items: BulkItem[] }>('/conversations/bulk', body)).items);
  }
  return results;
}

export type PortableConversation = Schemas['PortableConversation'];
export type PortableFile = Schemas['PortableFile'];
export type Imported = Schemas['Imported'];

/** The first of these, as many as the server writes at once: at least one. */
export function exportConversations(ids: readonly string[], signal: AbortSignal): Promise<PortableFile> {
  return api.post('/conversations/export', { ids }, { signal });
}

export async function importConversations(file: object, conversations: readonly unknown[], signal: AbortSignal): Promise<Imported[]> {
  return (await api.post<{ items: Imported[] }>('/conversations/import', { ...file, conversations }, { signal })).items;
}

/** All of the person's folders, by name. */
export async function listFolders(): Promise<Folder[]> {
  const found: Folder[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<Folder> = await api.get('/folders', { query: { cursor, limit: MOST } });
    found.push(...page.items);
    cursor = page.next;
  } while (cursor !== null);
  return found;
}

export function createFolder(name: string): Promise<Folder> {
  return api.post('/folders', { name });
}

export function renameFolder(id: string, name: string): Promise<Folder> {
  return api.patch(`/folders/${id}`, { name });
}

export function deleteFolder(id: string): Promise<void> {
  return api.delete(`/folders/${id}`);
}

/** A page of the active branch, oldest first; `next` leads to older ones. */
export function listMessages(id: string, cursor: string | null, signal?: AbortSignal, limit = PAGE): Promise<Page<Message>> {
  return api.get(`/conversations/${id}/messages`, { query: { cursor, limit }, signal });
}

/** Begins a conversation with its first message. The same key sent again begins no second one. */
export function startConversation({ text, model }: Outgoing, idempotencyKey: string): Promise<Started> {
  return api.post('/conversations', { model, message: { parts: parts(text), model } }, { idempotencyKey });
}

/** Adds a message under `parentId`; beside what is there already it becomes a branch. */
export function sendMessage(
  conversationId: string,
  parentId: string | null,
  { text, model }: Outgoing,
  idempotencyKey: string,
): Promise<Sent> {
  const body = { parent_id: parentId, parts: parts(text), model };
  return api.post(`/conversations/${conversationId}/messages`, body, { idempotencyKey });
}

/** One message, whichever branch it is on. */
export function getMessage(id: string): Promise<Message> {
  return api.get(`/messages/${id}`);
}

export type ConversationUsage = Schemas['ConversationUsage'];

/** Tokens the conversation took so far by model, and what they cost. */
export function getUsage(conversationId: string): Promise<ConversationUsage> {
  return api.get(`/conversations/${conversationId}/usage`);
}

export function regenerate(messageId: string, model: string | null, idempotencyKey: string): Promise<Answer> {
  return api.post(`/messages/${messageId}/regenerate`, model === null ? {} : { model }, { idempotencyKey });
}

export function stopRun(id: string): Promise<{ run: Run }> {
  return api.post(`/runs/${id}/stop`);
}

export function continueRun(id: string, idempotencyKey: string): Promise<Answer> {
  return api.post(`/runs/${id}/continue`, undefined, { idempotencyKey });
}

/** Hands on each event of a run once, until `run.finished`. */
export function followRun(
  id: string,
  signal: AbortSignal,
  onEvent: (event: RunEvent) => void,
  onState: (state: StreamState) => void,
): Promise<void> {
  return followStream({
    path: `/runs/${id}/events`,
    signal,
    onState,
    onEvent(event) {
      onEvent(event as unknown as RunEvent);
      return event.type === 'run.finished';
    },
  });
}

/** All models there are, also those that cannot be used just now. */
export async function listModels(signal?: AbortSignal): Promise<Model[]> {
  const models: Model[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<Model> = await api.get('/models', { query: { cursor, limit: MODELS_PAGE }, signal });
    models.push(...page.items);
    cursor = page.next;
  } while (cursor !== null);
  return models;
}
