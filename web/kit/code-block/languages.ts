const NAMES: Readonly<Record<string, string>> = {
  bash: 'Shell', c: 'C', cpp: 'C++', cs: 'C#', csharp: 'C#', css: 'CSS', csv: 'CSV', diff: 'Diff', dockerfile: 'Dockerfile',
  go: 'Go', graphql: 'GraphQL', html: 'HTML', ini: 'INI', java: 'Java', javascript: 'JavaScript', js: 'JavaScript',
  json: 'JSON', jsx: 'JSX', kotlin: 'Kotlin', latex: 'LaTeX', lua: 'Lua', makefile: 'Makefile', markdown: 'Markdown',
  md: 'Markdown', perl: 'Perl', php: 'PHP', plaintext: 'Text', py: 'Python', python: 'Python', r: 'R', rb: 'Ruby',
  ruby: 'Ruby', rs: 'Rust', rust: 'Rust', scss: 'SCSS', sh: 'Shell', shell: 'Shell', sql: 'SQL', swift: 'Swift',
  text: 'Text', toml: 'TOML', ts: 'TypeScript', tsx: 'TSX', txt: 'Text', typescript: 'TypeScript', xml: 'XML',
  yaml: 'YAML', yml: 'YAML', zsh: 'Shell',
};

/** The language's own name; one we do not know as it was written. */
export function languageName(language: string): string {
  return NAMES[language] ?? language;
}
