// Pictures that the build writes into the code.
declare module '*.png?inline' {
  const dataUrl: string;
  export default dataUrl;
}
