// The later script: receipt codes, and what a person with one can do. It runs inside the first script's page, with what that lends it;
// its texts, its list of words and a few facts of the site stand at the end of it, put there by the server for each language.

import { arrive } from "./form/later.js";
import { armCode } from "./later/code.js";

arrive(armCode);
