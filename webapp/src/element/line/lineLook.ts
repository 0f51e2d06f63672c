/** How the value line looks. */
export const LINE_LOOK = `
[part=line] { display: flex; align-items: center; gap: 2px; min-block-size: 54px; }
[part=value] {
  flex: 1; inline-size: 100%; min-inline-size: 0; box-sizing: border-box; block-size: 44px; margin: 0; padding-inline: 10px;
  border: 0; border-radius: var(--digit-pad-radius, 10px); background: none; color: inherit;
  font: 500 1.5rem/1 system-ui, sans-serif; font-variant-numeric: tabular-nums; letter-spacing: 0.06em;
}
[part=line] button {
  display: grid; place-content: center; inline-size: 44px; block-size: 44px; margin: 0; padding: 0;
  border: 0; border-radius: var(--digit-pad-radius, 10px); background: none; color: inherit; cursor: pointer;
}
[part=line] button[aria-disabled=true] { opacity: 0.4; cursor: default; }
[part=line] svg { inline-size: 24px; block-size: 24px; fill: none; stroke: currentColor; stroke-width: 1.75;
  stroke-linecap: round; stroke-linejoin: round; }
[part=value]:focus-visible, [part=line] button:focus-visible {
  outline: 2px solid var(--digit-pad-accent, #3b76dd); outline-offset: -2px;
}
@media (hover: hover) {
  [part=line] button:not([aria-disabled=true]):hover { background: color-mix(in srgb, CanvasText 8%, transparent); }
}
[part=message] {
  margin: 0; padding: 0 10px 6px; color: var(--digit-pad-invalid, color-mix(in srgb, #e0352b 60%, CanvasText));
  font: 0.9375rem/1.4 system-ui, sans-serif;
}
[part=message][hidden] { display: none; }
.invalid { --edge: var(--digit-pad-invalid, #dd4338); }
.hidden { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media (forced-colors: active) {
  [part=line] button[aria-disabled=true] { color: GrayText; opacity: 1; }
}
`;
