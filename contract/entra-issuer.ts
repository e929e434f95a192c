/**
 * Issuers of Entra ID: Microsoft's broker signs in at no other
 * (https://claude.com/docs/third-party/claude-desktop/configuration, 2026-10).
 */
export const entraIssuer = /^https:\/\/(login\.microsoftonline\.(com|us)|sts\.windows\.net)\//;
