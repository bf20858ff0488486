import { ApiError, errorText, forgetSession, toast } from '@modulon/sdk';

import { signOut } from './api.js';

/** Signs out on this browser. Somebody who is signed out already is shown the same page. */
export async function leave(): Promise<void> {
  try {
    await signOut();
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 401) {
      toast(errorText(error, 'accounts'), { tone: 'bad' });
      return;
    }
  }
  forgetSession();
}
