// Comforts on top of pages that work without any of this.
import { watchAges } from "./ages.js";
import { switchAppearanceInPlace } from "./appearance.js";
import { holdStillUnderFocus } from "./calm.js";
import { closeMenusOutside, openDialogs } from "./dialogs.js";
import { listenForShortcuts } from "./keyboard.js";
import { glowWhereChanged } from "./prices.js";
import { listen } from "./stream.js";
import { keepToasts } from "./toasts.js";

watchAges();
switchAppearanceInPlace();
closeMenusOutside();
holdStillUnderFocus();
openDialogs();
listenForShortcuts();
keepToasts();
glowWhereChanged();
listen();

document.querySelector("main [aria-invalid='true']")?.focus();
