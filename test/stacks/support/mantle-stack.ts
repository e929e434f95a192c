/** A stack file with one in-region route, for the stack "eu". */
export const mantleStack = `config:
  cowork:organization: { name: example, uuid: 6f1c0b6e-4a5d-4b7e-9c55-0d3f8a1e2b47 }
  cowork:geography: eu
  cowork:routes:
    - name: stockholm
      provider: mantle
      accountId: "111122223333"
      region: eu-north-1
      models: [anthropic.claude-opus-5, anthropic.claude-sonnet-5]
      network: { kind: create, cidr: 10.44.0.0/16, clientCidrs: [10.8.0.0/14] }
      reach: { kind: routed }
      access:
        kind: oidc
        issuer: https://login.example.com
        audience: cowork-desktop
        sessionTags: { group: cowork-eu }
      desktop:
        kind: helper-script
        path: /opt/cowork/bin/credential-helper
        windowsPath: C:\\Program Files\\Cowork\\credential-helper.exe
        ttlSeconds: 3000
`;
