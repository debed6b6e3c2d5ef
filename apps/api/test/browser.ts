/** As much of a browser as sign-ins need: cookies of each origin, and redirects that can be looked at. */
export class Browser {
  private readonly jars = new Map<string, Map<string, string>>();

  /** One request, as a person who follows a link; redirects are not followed. */
  async open(address: string, headers: Record<string, string> = { accept: 'application/json' }): Promise<Response> {
    const { origin } = new URL(address);
    const jar = this.jars.get(origin) ?? new Map<string, string>();
    this.jars.set(origin, jar);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(address, { redirect: 'manual', headers: { ...headers, ...(cookie === '' ? {} : { cookie }) } });
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
      if (value === '' || /max-age=0\b/i.test(line)) jar.delete(name!);
      else jar.set(name!, value!);
    }
    return response;
  }

  /** Follows redirects up to the first address that fits, which is not opened. */
  async follow(address: string, until: (address: string) => boolean): Promise<string> {
    let current = address;
    for (let hops = 0; hops < 15; hops += 1) {
      if (until(current)) return current;
      const response = await this.open(current);
      const location = response.headers.get('location');
      if (location === null) throw new Error(`no way on from ${current}: ${response.status} ${await response.text()}`);
      current = new URL(location, current).href;
    }
    throw new Error(`redirected for ever, last to ${current}`);
  }

  cookies(origin: string): Map<string, string> {
    return this.jars.get(origin) ?? new Map<string, string>();
  }

  cookieHeader(origin: string): string {
    return [...this.cookies(origin)].map(([name, value]) => `${name}=${value}`).join('; ');
  }
}
