/** How the value line looks. */
export const LINE_LOOK = `
[part=line] { display: flex; align-items: center; gap: 2px; min-block-size: 54px; }
[part=value] {
  flex: 1; inline-size: 100%; min-inline-size: 0; box-sizing: border-box; block-size: 44px; margin: 0; padding-inline: 10px;
  border: 0; border-radius: var(--digit-pad-radius, 10px); background: none; color: inherit;
  font: 500 1.5rem/1 system-ui, sans-serif; font-variant-numeric: tabular-nums; letter-spacing: 0.06em;
}
[part=line] button {
  display: flex; align-items: center; justify-content: center; inline-size: 44px; block-size: 44px; margin: 0; padding: 0;
  border: 0; border-radius: var(--digit-pad-radius, 10px); background: none; color: inherit; cursor: pointer;
}
[part=line] button[aria-disabled=true] { color: color-mix(in srgb, currentColor 40%, transparent); cursor: default; }
i { inline-size: 24px; block-size: 24px; background: currentColor; }
[part=undo] i {
  clip-path: path('M4 9.88h10a5.12 5.12 0 0 1 0 10.24h-3a.88.88 0 0 0 0 1.76h3a6.88 6.88 0 0 0 0-13.76H4zM8.38 3.38l-5 5a.88.88 0 0 0 0 1.24l5 5a.88.88 0 0 0 1.24-1.24L5.24 9l4.38-4.38a.88.88 0 0 0-1.24-1.24z');
}
[part=clear] i {
  clip-path: path('M6.62 5.38a.88.88 0 0 0-1.24 1.24L10.76 12l-5.38 5.38a.88.88 0 0 0 1.24 1.24L12 13.24l5.38 5.38a.88.88 0 0 0 1.24-1.24L13.24 12l5.38-5.38a.88.88 0 0 0-1.24-1.24L12 10.76z');
}
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
[role=status]:not(:empty) {
  position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap;
}
@media (forced-colors: active) {
  [part=line] button[aria-disabled=true] { color: GrayText; }
  i { background: ButtonText; }
  button[aria-disabled=true] i { background: GrayText; }
}
`;
