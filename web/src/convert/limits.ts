/** How much is taken on, so that neither a mistake nor malice brings the browser down. */
const MB = 1_000_000;

/** Of one chosen file. Nothing of a larger one is read. */
export const FILE_BYTES = 300 * MB;
/** Of a zip once unpacked. */
export const UNPACKED_BYTES = 500 * MB;
/** A member that grows beyond this by more than RATIO is a bomb. */
export const RATIO_FROM = 5 * MB;
export const RATIO = 200;
export const ZIP_MEMBERS = 2000;
export const TABLE_COLUMNS = 1000;
/** Rows of a table shown before it is taken. */
export const SAMPLE_ROWS = 4;
/** Findings of one kind that are listed one by one; the rest are counted. */
export const LISTED_FINDINGS = 2000;
/** Point layers above this are drawn in clusters. */
export const CLUSTER_FROM = 5000;
/** Up to this many features carry their names on the map. */
export const NAMED_FEATURES = 1000;
