// How long before its start a shift lets people check in. The server decides;
// this only says when the button wakes up.
export const early = 60 * 60_000
