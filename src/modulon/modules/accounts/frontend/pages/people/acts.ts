import { confirm, errorText, t, toast } from '@modulon/sdk';
import type { MenuEntry } from '@modulon/kit/menu';

import { deletePerson, restorePerson, setAdmin, signOutPerson, suspendPerson, type Person } from '../../api.js';

/** What the page does once something was done: `changed` shows the person anew, `gone` takes them away. */
export interface After {
  changed: (change: Partial<Person>) => void;
  gone: () => void;
  reset: () => void;
}

interface Act {
  id: string;
  icon: string;
  danger: boolean;
  run: () => Promise<unknown>;
  then: () => void;
}

/** Asks, does it, and says so. The sentence of a question is `accounts.people.<id>_text`. */
async function carryOut(person: Person, act: Act): Promise<void> {
  const agreed = await confirm({
    title: t(`accounts.people.${act.id}_title`, { name: person.name }),
    text: t(`accounts.people.${act.id}_text`, { name: person.name, email: person.email }),
    confirm: t(`accounts.people.${act.id}`),
    danger: act.danger,
  });
  if (!agreed) return;
  try {
    await act.run();
    act.then();
    toast(t(`accounts.people.${act.id}_done`, { name: person.name }), { tone: 'ok' });
  } catch (error) {
    toast(errorText(error, 'accounts'), { tone: 'bad' });
  }
}

/** The menu of one person. Nobody suspends, demotes or deletes themselves. */
export function actsOf(person: Person, after: After): MenuEntry[] {
  const { id, admin, suspended } = person;
  const entry = (name: string, icon: string, run: () => Promise<unknown>, then: () => void, danger = false): MenuEntry => ({
    id: name,
    icon,
    danger,
    label: t(`accounts.people.${name}`),
    run: () => carryOut(person, { id: name, icon, danger, run, then }),
  });
  const stand = suspended
    ? entry('restore', 'user-check', () => restorePerson(id), () => { after.changed({ suspended: false }); })
    : entry('suspend', 'user-x', () => suspendPerson(id), () => { after.changed({ suspended: true, sessions: 0 }); }, true);
  const role = admin
    ? entry('demote', 'shield-off', () => setAdmin(id, false), () => { after.changed({ admin: false }); }, true)
    : entry('promote', 'shield', () => setAdmin(id, true), () => { after.changed({ admin: true }); });
  const reset: MenuEntry = { id: 'reset', icon: 'key-round', label: t('accounts.people.reset'), disabled: suspended, run: after.reset };
  return [
    reset,
    entry('sign_out', 'log-out', () => signOutPerson(id), () => { after.changed({ sessions: 0 }); }),
    role,
    '-',
    stand,
    entry('delete', 'trash-2', () => deletePerson(id), after.gone, true),
  ];
}
