// Letters that the local mail server keeps, by its REST API.

// The token of the link in the newest letter to an address with this subject; undefined while there is none.
export async function linkToken(api, address, subject) {
  const answer = await fetch(`${api}/api/user/${encodeURIComponent(address)}/messages`);
  if (!answer.ok) return undefined;
  const letters = (await answer.json()).filter((letter) => letter.subject === subject);
  // Lines of quoted-printable end with `=`, and a `=` of the text is `=3D`.
  const text = letters.at(-1)?.mimeMessage.replace(/=\r?\n/g, "").replace(/=3D/g, "=");
  return text?.match(/token=([\w.-]+)/)?.[1];
}
