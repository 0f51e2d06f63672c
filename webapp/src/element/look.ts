/** How a pad looks until its value line is there, and the sheet after that; a bare pad looks as the page wants. */
export const LOOK = `
:host(:not([bare], [hidden])) {
  --edge: color-mix(in srgb, CanvasText 55%, Canvas);
  --rule: var(--digit-pad-rule, color-mix(in srgb, CanvasText 20%, Canvas));
  display: flex; flex-direction: column-reverse; justify-content: flex-end; box-sizing: border-box;
  max-inline-size: 36rem; min-block-size: calc(var(--digit-pad-height, 10rem) + 56px);
  color: CanvasText; user-select: none; -webkit-user-select: none; -webkit-touch-callout: none;
}
:host(:not([bare])) [part=sheet] {
  position: relative; flex: 1 0 var(--digit-pad-height, 10rem); overflow: clip; cursor: crosshair;
  border: 1px solid var(--edge); border-radius: var(--digit-pad-radius, 10px);
  background:
    linear-gradient(var(--rule) 0 0) 50% calc(100% - 2rem) / calc(100% - 2rem) 1px no-repeat,
    var(--digit-pad-paper, Canvas);
}
[part=placeholder] {
  position: absolute; inset: 0; display: grid; place-content: center; padding: 8px;
  color: color-mix(in srgb, CanvasText 65%, Canvas); text-align: center; pointer-events: none;
}
[part=placeholder][hidden] { display: none; }
[part=sheet]:focus-visible { outline: 2px solid var(--digit-pad-accent, #3b76dd); outline-offset: 1px; }
:host(:disabled) { opacity: 0.6; }
`;
