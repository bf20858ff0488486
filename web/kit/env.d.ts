declare module 'virtual:modulon/icons' {
  const url: string;
  export default url;
}
