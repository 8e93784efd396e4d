/** Every page: the theme. */
import { theme } from "./theme.js";

theme();
