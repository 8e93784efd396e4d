/** The desk's behaviours, one module each. */
import { casePage } from "./case.js";
import { clock } from "./clock.js";
import { drafts } from "./draft.js";
import { inserting } from "./insert.js";
import { keys } from "./keys.js";
import { live } from "./live.js";
import { merging } from "./merge.js";
import { pasting } from "./paste.js";
import { presence } from "./presence.js";
import { rail } from "./rail.js";
import { theme } from "./theme.js";

merging();
theme();
rail();
drafts();
pasting();
clock();
keys();
casePage();
inserting();
presence();
live();
