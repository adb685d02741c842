const expire = (ms: number): Promise<never> =>
  new Promise((_, reject) => setTimeout(() => reject(new Error("timed out")), ms).unref());

export const load = (url: string): Promise<Response> => Promise.race([fetch(url), expire(5000)]);
