import { t } from '@modulon/sdk';
import type { Option } from '@modulon/kit/select';

import type { Preset } from '../api.js';
import { OTHER } from '../presets.js';

/** What a new provider may be, for a select: any address, then those people use with where they are. */
export function kinds(presets: readonly Preset[]): Option[] {
  const known = presets.map(({ slug, name, local }) => ({ value: slug, label: `${name} · ${t(`providers.place.${local ? 'local' : 'cloud'}`)}` }));
  return [{ value: OTHER.slug, label: t('providers.form.other') }, ...known];
}
