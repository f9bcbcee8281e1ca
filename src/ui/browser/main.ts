import "./forms.ts";
import "./fresh-part.ts";
import "./live-search.ts";
import "./shortcuts.ts";
