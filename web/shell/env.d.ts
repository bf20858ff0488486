declare module 'virtual:modulon/titles' {
  const titles: Record<string, Record<string, string>>;
  export default titles;
}
