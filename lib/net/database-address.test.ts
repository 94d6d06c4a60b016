import { describe, expect, it } from "vitest";
import { readDatabaseAddress } from "./database-address";

const hostsOf = (text: string) => readDatabaseAddress(text).hosts.map(({ host, port }) => [host, port]);

describe("a database's address", () => {
  it.each<[string, [string, number][]]>([
    ["postgresql://h/db", [["h", 5432]]],
    ["postgres://u:p@h:6000/db", [["h", 6000]]],
    ["postgresql:///db?host=/run/postgresql", [["/run/postgresql", 5432]]],
    ["postgresql://u@%2Frun%2Fpostgresql/db", [["/run/postgresql", 5432]]],
    ["postgresql://[::1]:6000/db", [["::1", 6000]]],
    [
      "postgresql://u:p@h1:5432,h2:5432/db",
      [
        ["h1", 5432],
        ["h2", 5432],
      ],
    ],
    [
      "postgresql://h1,h2:6000,h3/db",
      [
        ["h1", 5432],
        ["h2", 6000],
        ["h3", 5432],
      ],
    ],
    [
      "postgresql://[2001:db8::1]:6000,[::1],10.0.0.1:1/db",
      [
        ["2001:db8::1", 6000],
        ["::1", 5432],
        ["10.0.0.1", 1],
      ],
    ],
  ])("%s names its hosts", (text, hosts) => {
    expect(hostsOf(text)).toEqual(hosts);
  });

  it("gives each host an address of its own, with everything else", () => {
    const { hosts } = readDatabaseAddress("postgresql://u,1:p%40,@h1,h2:6000/db?sslmode=verify-full&application_name=a,b");
    expect(hosts.map(({ url }) => url)).toEqual([
      "postgresql://u,1:p%40,@h1/db?sslmode=verify-full&application_name=a,b",
      "postgresql://u,1:p%40,@h2:6000/db?sslmode=verify-full&application_name=a,b",
    ]);
  });

  it("is shown without user and password", () => {
    expect(readDatabaseAddress("postgresql://u:secret@h1,[::1]:6000/db?sslmode=require")).toMatchObject({
      names: "h1:5432,[::1]:6000",
      place: "h1:5432,[::1]:6000/db",
    });
  });

  it.each([
    ["postgresql://h/db", false],
    ["postgresql://h/db?target_session_attrs=read-write", true],
    ["postgresql://h/db?target_session_attrs=primary", true],
    ["postgresql://h1,h2/db", true],
    ["postgresql://h1,h2/db?target_session_attrs=read-write", true],
  ])("%s requires a host that takes writes: %s", (text, isChecked) => {
    expect(readDatabaseAddress(text).isChecked).toBe(isChecked);
  });

  it.each([
    ["", /^must be an address like postgresql:/],
    ["h1:5432,h2:5432", /^must be an address like postgresql:/],
    ["mysql://h1,h2/db", /^must be an address like postgresql:/],
    ["postgresql://h:port/db", /^must be an address like postgresql:/],
    ["postgresql://h1 h2,h3/db", /^must be an address like postgresql:/],
    ["postgresql://h1,,h2/db", /^has an empty host in its list\./],
    ["postgresql://h1,h2,/db", /^has an empty host in its list\./],
    ["postgresql://u:p@,h2/db", /^has an empty host in its list\./],
    ["postgresql://:5432,h2/db", /^has the host :5432, which can't be read\./],
    ["postgresql://h1,::1/db", /^has the host ::1, which can't be read\. Write host:port, with an IPv6 address in brackets\./],
    ["postgresql://h1,[::1/db", /^has the host \[::1, which can't be read\./],
    ["postgresql://h1,[::zz]/db", /^must be an address like postgresql:/],
    ["postgresql://h1:,h2/db", /^has the port \(none\) at h1\. Ports are from 1 to 65535\./],
    ["postgresql://h1:0,h2/db", /^has the port 0 at h1\./],
    ["postgresql://h1:5432,h2:65536/db", /^has the port 65536 at h2\./],
    ["postgresql://h1:5432,h2:5432x/db", /^has the port 5432x at h2\./],
    ["postgresql://h1,h2/db?target_session_attrs=any", /^has target_session_attrs=any\. The console writes: set it to read-write,/],
    ["postgresql://h1,h2/db?target_session_attrs=prefer-standby", /^has target_session_attrs=prefer-standby\./],
    ["postgresql://h1/db?target_session_attrs=standby", /^has target_session_attrs=standby\./],
    ["postgresql:///db?host=h1,h2", /^names several hosts in \?host=\./],
  ])("%s is refused, and the reason given", (text, reason) => {
    expect(() => readDatabaseAddress(text)).toThrow(reason);
  });
});
