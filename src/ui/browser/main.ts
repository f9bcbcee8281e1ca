import "./forms.ts";
import "./live-search.ts";
import "./shortcuts.ts";
