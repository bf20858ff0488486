import { Store } from './store.js';

/** A question that needs an answer before something is done. */
export interface Question {
  title: string;
  text: string;
  /** What the button says that does it: a verb. */
  confirm: string;
  cancel?: string;
  /** Whether something is lost by it. */
  danger?: boolean;
}

export interface OpenQuestion extends Question {
  answer: (yes: boolean) => void;
}

export const question = new Store<OpenQuestion | undefined>(undefined);

/** Asks in a dialog; resolves to whether the person agreed. */
export function confirm(asked: Question): Promise<boolean> {
  question.value?.answer(false);
  return new Promise((resolve) => {
    question.set({
      ...asked,
      answer: (yes) => {
        question.set(undefined);
        resolve(yes);
      },
    });
  });
}
