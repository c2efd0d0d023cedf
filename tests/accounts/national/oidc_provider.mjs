// An OpenID provider by other people (npm: oidc-provider), as a process: node oidc_provider.mjs ISSUER PORT RETURN_ADDRESS
// Its claims bear other names than our demo's, it signs with ES256, and asks for consent.
import { generateKeyPairSync } from "node:crypto";
import Provider from "oidc-provider";

const [issuer, port, back] = process.argv.slice(2);
const key = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ format: "jwk" });
const PEOPLE = {
  an: { hoTen: "Nguyễn Thị An", soDinhDanh: "098196004217", ngaySinh: "05/03/1996", gioiTinh: "nu", daXacMinh: true },
  nam: { hoTen: "Hoàng Văn Nam", soDinhDanh: "098088004410", ngaySinh: "21/04/1988", gioiTinh: "nam", daXacMinh: true },
  sao: { hoTen: "Lý Thị Sao", soDinhDanh: "098192003305", ngaySinh: "08/10/1992", gioiTinh: "nu", daXacMinh: false },
};

const provider = new Provider(issuer, {
  clients: [{
    client_id: "motcua", client_secret: "odd signs: + % & / = ~", redirect_uris: [back],
    response_types: ["code"], grant_types: ["authorization_code"], id_token_signed_response_alg: "ES256",
  }],
  jwks: { keys: [{ ...key, use: "sig", alg: "ES256", kid: "ec-1" }] },
  pkce: { required: () => true },
  scopes: ["openid", "profile"],
  claims: { openid: ["sub"], profile: ["hoTen", "soDinhDanh", "ngaySinh", "gioiTinh", "daXacMinh"] },
  findAccount: (_, id) => PEOPLE[id] && { accountId: id, claims: () => ({ sub: id, ...PEOPLE[id] }) },
  cookies: { keys: ["only for tests"] },
});
provider.listen(Number(port), "127.0.0.1", () => console.log("listening"));
