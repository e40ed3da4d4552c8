// Emails that the local mail server keeps, by its REST API.

// The token of the link in the newest email to an address with this subject; undefined while there is none.
export async function linkToken(api, address, subject) {
  const answer = await fetch(`${api}/api/user/${encodeURIComponent(address)}/messages`);
  if (!answer.ok) return undefined;
  const emails = (await answer.json()).filter((email) => email.subject === subject);
  // Lines of quoted-printable end with `=`, and a `=` of the text is `=3D`.
  const text = emails.at(-1)?.mimeMessage.replace(/=\r?\n/g, "").replace(/=3D/g, "=");
  return text?.match(/token=([\w.-]+)/)?.[1];
}
