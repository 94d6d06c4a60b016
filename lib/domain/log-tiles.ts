/** C2SP tlog-tiles: a tile holds 256 hashes, and one of the next level is over all of them. */
export const TILE_HEIGHT = 8;
export const TILE_WIDTH = 256;
