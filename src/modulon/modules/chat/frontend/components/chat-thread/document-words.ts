/** Gives documents the words of the person's language. */
import { t } from '@modulon/sdk';
import { setDocumentWords } from '@modulon/kit/markdown';

setDocumentWords({
  code: t('chat.documents.code'),
  codeIn: (language) => t('chat.documents.code_in', { language }),
  copy: t('chat.message.copy'),
  copied: t('chat.message.copied'),
  wrap: t('chat.documents.wrap'),
  table: t('chat.documents.table'),
  copyCsv: t('chat.documents.copy_csv'),
  copyMarkdown: t('chat.documents.copy_markdown'),
  done: t('chat.documents.done'),
  open: t('chat.documents.open'),
  image: t('chat.documents.image'),
  imageFrom: (host) => t('chat.documents.image_from', { host }),
});
