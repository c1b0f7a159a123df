// Passkeys between the browser, which speaks bytes, and the server, which
// speaks base64url. Chrome 87 and Safari 14 have no helpers for it.
type Json = Record<string, unknown>

export const passkeysWork = (): boolean => typeof window.PublicKeyCredential === 'function'

function bytes(text: unknown): ArrayBuffer {
  const plain = atob(String(text).replace(/-/g, '+').replace(/_/g, '/'))
  return Uint8Array.from(plain, (c) => c.charCodeAt(0)).buffer
}

function text(buffer: ArrayBuffer): string {
  let plain = ''
  new Uint8Array(buffer).forEach((b) => (plain += String.fromCharCode(b)))
  return btoa(plain).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')
}

const withIds = (list: unknown) => ((list as Json[] | undefined) ?? []).map((c) => ({ ...c, id: bytes(c.id) }))

// createPasskey lets the device make a passkey and returns what the server
// wants to know of it. It throws when the person says no.
export async function createPasskey(options: Json): Promise<Json> {
  const wanted = options.publicKey as Json
  const user = wanted.user as Json
  const made = (await navigator.credentials.create({
    publicKey: {
      ...wanted,
      challenge: bytes(wanted.challenge),
      user: { ...user, id: bytes(user.id) },
      excludeCredentials: withIds(wanted.excludeCredentials),
    } as unknown as PublicKeyCredentialCreationOptions,
  })) as PublicKeyCredential
  const answer = made.response as AuthenticatorAttestationResponse
  return {
    id: made.id,
    rawId: text(made.rawId),
    type: made.type,
    response: { clientDataJSON: text(answer.clientDataJSON), attestationObject: text(answer.attestationObject) },
  }
}

// usePasskey lets the device sign and returns the signature for the server.
export async function usePasskey(options: Json): Promise<Json> {
  const wanted = options.publicKey as Json
  const got = (await navigator.credentials.get({
    publicKey: {
      ...wanted,
      challenge: bytes(wanted.challenge),
      allowCredentials: withIds(wanted.allowCredentials),
    } as unknown as PublicKeyCredentialRequestOptions,
  })) as PublicKeyCredential
  const answer = got.response as AuthenticatorAssertionResponse
  return {
    id: got.id,
    rawId: text(got.rawId),
    type: got.type,
    response: {
      clientDataJSON: text(answer.clientDataJSON),
      authenticatorData: text(answer.authenticatorData),
      signature: text(answer.signature),
      userHandle: answer.userHandle ? text(answer.userHandle) : undefined,
    },
  }
}
