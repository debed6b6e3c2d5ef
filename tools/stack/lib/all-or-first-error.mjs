/**
 * Waits until all promises are settled, also after one has failed, so that nothing goes on behind the caller's back.
 *
 * @template T
 * @param {readonly Promise<T>[]} work
 * @param {() => void} onFirstError should make the others end early
 * @returns {Promise<T[]>}
 * @throws the error that came first
 */
export async function allOrFirstError(work, onFirstError) {
  /** @type {unknown[]} */
  const errors = [];
  const results = await Promise.all(
    work.map((one) =>
      one.catch((error) => {
        errors.push(error);
        onFirstError();
        return /** @type {T} */ (undefined);
      }),
    ),
  );
  if (errors.length > 0) throw errors[0];
  return results;
}
