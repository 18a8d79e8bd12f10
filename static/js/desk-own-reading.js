/* The desk's own reading is not counted: the public pages' counter looks for this mark. */
try {
  localStorage.setItem("desk", "1");
} catch {
  // A browser that stores nothing counts nothing either.
}
