/** Types of `bench-table.mjs`. */
export interface TableRow {
  readonly name: string;
  readonly [column: string]: unknown;
}
export declare function collectRows(
  names: readonly string[],
  measure: (name: string) => Promise<object>,
  options: { json: string | null; say: (line: string) => void },
): Promise<TableRow[]>;
export declare function report(rows: readonly TableRow[]): number;
