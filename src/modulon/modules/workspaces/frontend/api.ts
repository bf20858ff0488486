/** Typed calls of the workspaces module: the only file of its frontend that knows URLs. */
import { api, type Page, type Schemas } from '@modulon/sdk';

export type WorkspaceRead = Schemas['WorkspaceRead'];

export const listWorkspaces = (): Promise<Page<WorkspaceRead>> => api.get('/workspaces');

export const createWorkspace = (name: string, idempotencyKey: string): Promise<WorkspaceRead> =>
  api.post('/workspaces', { name }, { idempotencyKey });

export const renameWorkspace = (id: string, name: string): Promise<WorkspaceRead> => api.patch(`/workspaces/${id}`, { name });
