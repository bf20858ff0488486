/** What the server wrote into the page: which modules there are and what they contribute. */

export interface PageContribution {
  path: string;
  element: string;
  /** Key of a message. */
  title: string;
  /** The menu it stands in: `main`, `settings.you`, `settings.workspace`, `settings.server`, or none. */
  nav: string;
  icon: string;
  order: number;
  /** Shown to people who are not signed in. */
  public: boolean;
  /** Shown only to admins. */
  admin: boolean;
}

export interface UiContribution {
  slot: string;
  element: string;
  order: number;
}

export interface CommandContribution {
  id: string;
  title: string;
  icon: string;
  key: string;
  group: string;
}

export interface ModuleState {
  id: string;
  version: string;
  /** Address of the module's script, if it has an interface. */
  entry: string | null;
  contributes: { page: PageContribution[]; ui: UiContribution[]; command: CommandContribution[] };
  /** Address of a catalogue by locale. */
  locales: Record<string, string>;
}

export interface PageState {
  version: string;
  modules: ModuleState[];
  setup: 'open' | 'done';
  signed_in: boolean;
  encrypted: boolean;
}

const EMPTY: PageState = { version: '', modules: [], setup: 'done', signed_in: false, encrypted: true };

/** Reads the state from the page; a page without one (in tests) has no modules. */
export function readPageState(root: Document = document): PageState {
  const text = root.getElementById('modulon-state')?.textContent;
  return text ? { ...EMPTY, ...(JSON.parse(text) as Partial<PageState>) } : EMPTY;
}
