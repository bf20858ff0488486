/** Typed calls of the modules' routes: the only file of this frontend that knows URLs. */
import { api, type Page, type Schemas } from '@modulon/sdk';

export type ModuleRead = Schemas['ModuleRead'];
export type Observed = Schemas['ObservedRead'];
export type SettingRead = Schemas['SettingRead'];
export type SettingChange = Schemas['SettingChangeRead'];
export type Switched = Schemas['ModulesSwitched'];

/** A switch is answered once the server has made it: requests under way may take their time. */
const PATIENCE_MS = 90_000;

export const listModules = async (): Promise<ModuleRead[]> => (await api.get<Page<ModuleRead>>('/modules')).items;

/** Enables or disables a module; with *others* also what it needs, or what needs it. */
export const switchModule = (id: string, enabled: boolean, others: boolean): Promise<Switched> =>
  api.patch(`/modules/${id}`, { enabled, with_others: others }, { signal: AbortSignal.timeout(PATIENCE_MS) });

/** Takes the module's code anew from its folder. */
export const updateModule = (id: string): Promise<ModuleRead> =>
  api.post(`/modules/${id}/update`, undefined, { signal: AbortSignal.timeout(PATIENCE_MS) });

export const readModule = (id: string): Promise<ModuleRead> => api.get(`/modules/${id}`);

/** The settings of a module for the whole system. */
export const readSettings = async (id: string): Promise<SettingRead[]> => (await api.get<Schemas['SettingList']>(`/modules/${id}/settings`)).items;

/** Sets some of them, all or none; `null` takes back what was set. */
export const changeSettings = async (id: string, values: Record<string, unknown>): Promise<SettingRead[]> =>
  (await api.patch<Schemas['SettingList']>(`/modules/${id}/settings`, { scope: 'system', values })).items;

export const settingHistory = async (id: string): Promise<SettingChange[]> =>
  (await api.get<Schemas['SettingHistory']>(`/modules/${id}/settings/history`)).items;
