/** What can be asked for while a conversation is shown. */
import { t, type Command } from '@modulon/sdk';

export interface ChatPageActions {
  writing(): boolean;
  hasAnswer(): boolean;
  hasConversation(): boolean;
  stop(): void;
  regenerate(): void;
  copyLast(): void;
  rename(): void;
  deleteConversation(): void;
  chooseModel(): void;
  moveBy(step: -1 | 1): void;
}

export function pageCommands(page: ChatPageActions): Command[] {
  const command = (name: string, icon: string, key: string, run: () => void, enabled?: () => boolean): Command => ({
    id: `chat.${name}`,
    title: t(`chat.commands.${name}`),
    icon,
    key,
    group: t('chat.group'),
    run,
    ...(enabled === undefined ? {} : { enabled }),
  });
  const idle = (): boolean => page.hasAnswer() && !page.writing();
  return [
    command('stop', 'square', 'Mod+Shift+X', () => { page.stop(); }, () => page.writing()),
    command('regenerate', 'refresh-cw', 'Mod+Shift+G', () => { page.regenerate(); }, idle),
    command('copy', 'copy', 'Mod+Shift+C', () => { page.copyLast(); }, () => page.hasAnswer()),
    command('model', 'cpu', 'Mod+Shift+M', () => { page.chooseModel(); }),
    command('rename', 'pencil', '', () => { page.rename(); }, () => page.hasConversation()),
    command('delete', 'trash-2', '', () => { page.deleteConversation(); }, () => page.hasConversation()),
    command('previous', 'arrow-up', 'Alt+ArrowUp', () => { page.moveBy(-1); }, () => page.hasConversation()),
    command('next', 'arrow-down', 'Alt+ArrowDown', () => { page.moveBy(1); }, () => page.hasConversation()),
  ];
}
