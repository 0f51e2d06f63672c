/** Opens what the page says about itself. */
export function openAbout(): void {}
