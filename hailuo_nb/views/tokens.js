// The colours that saved markup needs, as tokens.css has them for the live views.
export const ACCENT = "--accent:var(--jp-brand-color1,var(--vscode-focusBorder,#1976d2));";
export const GROUND =
  "--ground:var(--jp-layout-color1,var(--vscode-editor-background,Canvas));" +
  "--text:var(--jp-content-font-color1,var(--vscode-foreground));";
