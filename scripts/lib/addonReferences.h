// Lets the addon hold on to strings under Node-API 9, which makes references to objects and symbols only: such a value is put
// into an array of its own, and the array is referred to. Node-API 10 needs none of this. Included ahead of the addon's sources.
#pragma once
#include <cstdint>
#include <node_api.h>

namespace addon_references {

// A reference is a pointer, so its lowest bit is free to say that there is an array round the value.
inline napi_ref boxed(napi_ref ref) { return reinterpret_cast<napi_ref>(reinterpret_cast<std::uintptr_t>(ref) | 1U); }
inline napi_ref bare(napi_ref ref) {
  return reinterpret_cast<napi_ref>(reinterpret_cast<std::uintptr_t>(ref) & ~static_cast<std::uintptr_t>(1U));
}
inline bool is_boxed(napi_ref ref) { return bare(ref) != ref; }

inline bool needs_box(napi_valuetype type) {
  switch (type) {
    case napi_undefined:
    case napi_null:
    case napi_boolean:
    case napi_number:
    case napi_string:
    case napi_bigint:
      return true;
    default:
      return false;
  }
}

inline napi_status create(napi_env env, napi_value value, std::uint32_t count, napi_ref* result) {
  napi_valuetype type;
  napi_status status = napi_typeof(env, value, &type);
  if (status != napi_ok) return status;
  if (!needs_box(type)) return napi_create_reference(env, value, count, result);
  napi_value box;
  status = napi_create_array_with_length(env, 1, &box);
  if (status == napi_ok) status = napi_set_element(env, box, 0, value);
  napi_ref ref;
  if (status == napi_ok) status = napi_create_reference(env, box, count, &ref);
  if (status == napi_ok) *result = boxed(ref);
  return status;
}

inline napi_status value_of(napi_env env, napi_ref ref, napi_value* result) {
  if (!is_boxed(ref)) return napi_get_reference_value(env, ref, result);
  napi_value box;
  const napi_status status = napi_get_reference_value(env, bare(ref), &box);
  if (status != napi_ok) return status;
  if (box != nullptr) return napi_get_element(env, box, 0, result);
  *result = nullptr;
  return napi_ok;
}

inline napi_status add(napi_env env, napi_ref ref, std::uint32_t* count) {
  return napi_reference_ref(env, bare(ref), count);
}
inline napi_status release(napi_env env, napi_ref ref, std::uint32_t* count) {
  return napi_reference_unref(env, bare(ref), count);
}
inline napi_status remove(node_api_nogc_env env, napi_ref ref) {
  return napi_delete_reference(const_cast<napi_env>(env), bare(ref));
}

}  // namespace addon_references

#define napi_create_reference addon_references::create
#define napi_get_reference_value addon_references::value_of
#define napi_reference_ref addon_references::add
#define napi_reference_unref addon_references::release
#define napi_delete_reference addon_references::remove
