const KEY = 'lanpo-token';

// The token of a page beyond loopback comes behind the #, which a browser sends nowhere.
if (location.hash.startsWith('#token=')) {
  sessionStorage.setItem(KEY, location.hash.slice('#token='.length));
  history.replaceState(null, '', '/#/');
}

/** A document of the platform. Throws an Error with what is wrong and what to do. */
export async function get(name, parameters = {}, signal = undefined) {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(parameters)) {
    if (value !== '' && value !== null && value !== undefined) {
      query.set(key, value);
    }
  }
  const token = sessionStorage.getItem(KEY);
  const headers = token ? { Authorization: 'Bearer ' + token } : {};
  let response;
  try {
    response = await fetch(`/api/${name}?${query}`, { headers, signal, cache: 'no-store' });
  } catch (e) {
    if (e.name === 'AbortError') {
      throw e;
    }
    throw new Error('The platform does not answer; its process may have ended.');
  }
  const document = await response.json();
  if (!response.ok) {
    throw new Error([document.error, document.next].filter(Boolean).join(' — '));
  }
  return document;
}
