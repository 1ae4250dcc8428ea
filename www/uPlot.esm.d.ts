// The build copies uPlot beside main.js; its types come from the npm package.
export { default } from "uplot";
