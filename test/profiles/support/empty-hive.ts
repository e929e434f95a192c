/** The smallest registry hive: a root key with a security record and no values. */
export function emptyHive(): Buffer {
  const hive = Buffer.alloc(0x2000);
  hive.write("regf", 0, "latin1");
  words(hive, 4, [1, 1]);
  words(hive, 20, [1, 3, 0, 1, ROOT_CELL, 0x1000, 1]);
  hive.write("hbin", 0x1000, "latin1");
  words(hive, 0x1004, [0, 0x1000]);
  rootKey(hive, 0x1000 + ROOT_CELL);
  securityRecord(hive, 0x1000 + SECURITY_CELL);
  hive.writeInt32LE(0xf50, 0x10b0);
  let checksum = 0;
  for (let at = 0; at < 508; at += 4) checksum ^= hive.readUInt32LE(at);
  hive.writeUInt32LE(checksum >>> 0, 508);
  return hive;
}

const ROOT_CELL = 0x20;
const SECURITY_CELL = 0x80;
const NONE = 0xffffffff;

function rootKey(hive: Buffer, at: number) {
  hive.writeInt32LE(-0x60, at);
  hive.write("nk", at + 4, "latin1");
  hive.writeUInt16LE(0x2c, at + 6);
  words(hive, at + 16, [0, 0, 0, 0, NONE, NONE, 0, NONE, SECURITY_CELL, NONE]);
  const name = "$$$PROTO.HIV";
  hive.writeUInt16LE(name.length, at + 76);
  hive.write(name, at + 80, "latin1");
}

function securityRecord(hive: Buffer, at: number) {
  hive.writeInt32LE(-0x30, at);
  hive.write("sk", at + 4, "latin1");
  words(hive, at + 8, [SECURITY_CELL, SECURITY_CELL, 1, 20]);
  hive.writeUInt8(1, at + 24);
  hive.writeUInt16LE(0x8000, at + 26);
}

function words(hive: Buffer, at: number, values: readonly number[]) {
  values.forEach((value, index) => {
    hive.writeUInt32LE(value, at + 4 * index);
  });
}
